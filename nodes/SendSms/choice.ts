/** Which gateways a person has chosen, and for what. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { CountryCode } from '../shared/contract/countries';
import { COUNTRY_NAMES } from '../shared/contract/countries';
import type { Gateway } from '../shared/contract/gateway';
import { asRecord, asText } from '../shared/contract/json';
import { inWords } from '../shared/contract/inWords';
import type { Refused } from '../shared/contract/outcome';
import { NOTHING_SENT, refuseInput } from '../shared/contract/outcome';
import type { OtherGateways } from '../shared/send/job';
import type { Place, PlaceWords, RoutePlan } from '../shared/send/places';
import { BACKUP_PLACES, LEAVES_OUT, NO_BACKUP } from './backupFields';
import { GATEWAY_IDS, gateways, offered } from './gateways';
import type { GatewayId } from './gateways';
import { GATEWAY_ORDER } from './orderFields';
import { ROUTES, ROUTE_SETTINGS, SAME_BACKUPS, routeNames } from './routeFields';

/** `about`: the gateway that it is about, which may not exist. */
export interface Refusal {
	readonly about: Pick<Gateway, 'id'> & Partial<Pick<Gateway, 'credential'>>;
	readonly refusal: Refused;
}

export type Choice = (OtherGateways & { readonly gateway: Gateway }) | Refusal;

/** What Send SMS is to send through. */
export function readChoice(context: IExecuteFunctions): Choice {
	const chosen = context.getNodeParameter('gateway', 0);
	const gateway = offered.find(({ id }) => id === chosen);
	if (gateway === undefined) return refuseUnknown(chosen, 'Gateway');
	const backups = readBackups(context, gateway);
	if ('refusal' in backups) return backups;
	const routes = readRoutes(context);
	if ('refusal' in routes) return routes;
	const order = context.getNodeParameter(GATEWAY_ORDER.name, 0, GATEWAY_ORDER.listed);
	if (order !== GATEWAY_ORDER.listed && order !== GATEWAY_ORDER.cheapest) return refuseOrder(order, gateway);
	return { gateway, backups, routes, cheapestFirst: order === GATEWAY_ORDER.cheapest };
}

function refuseOrder(order: unknown, about: Gateway): Refusal {
	const { label, listed, cheapest } = GATEWAY_ORDER;
	const refusal = refuseInput(
		'invalid_parameter',
		`'${label}' is "${(asText(order) ?? '').slice(0, 40)}". ${NOTHING_SENT}`,
		`Use "${listed}" or "${cheapest}".`,
	);
	return { about, refusal };
}

function readBackups(context: IExecuteFunctions, gateway: Gateway): readonly Place[] | Refusal {
	const leavesOut = context.getNodeParameter(LEAVES_OUT.name, 0, false) === true;
	const backups: Place[] = [];
	for (const { field, label, from } of BACKUP_PLACES) {
		const wanted = context.getNodeParameter(field, 0, NO_BACKUP);
		if (wanted === NO_BACKUP || wanted === '') continue;
		const id = GATEWAY_IDS.find((one) => one === wanted);
		if (id === undefined) return refuseUnknown(wanted, label);
		const isThere = [gateway, ...backups.map((one) => one.gateway)].some((one) => one.id === id);
		if (isThere) return refuseRepeated(gateways[id], label);
		backups.push({ gateway: gateways[id], from, leavesOut, words: asBackup(id, LEAVES_OUT.label) });
	}
	return backups;
}

function asBackup(id: GatewayId, leavesOut: string): PlaceWords {
	const name = `the backup gateway ${gateways[id].displayName}`;
	return { role: 'the backup gateway', name, change: 'choose another backup gateway', leavesOut };
}

function readRoutes(context: IExecuteFunctions): readonly RoutePlan[] | Refusal {
	const ids = readGateways(context, ROUTES);
	if ('refusal' in ids) return ids;
	const routes: RoutePlan[] = [];
	for (const id of ids) {
		const route = readRoute(context, id);
		if ('refusal' in route) return route;
		const twice = routes.flatMap((earlier) => sharedBy(earlier, route))[0];
		if (twice !== undefined) return twice;
		routes.push(route);
	}
	return routes;
}

/** Of a field in which several may be chosen, in their order; one may be there twice. */
export function readGateways(
	context: IExecuteFunctions,
	{ name, label }: { readonly name: string; readonly label: string },
): readonly GatewayId[] | Refusal {
	const wanted = context.getNodeParameter(name, 0, []);
	const ids: GatewayId[] = [];
	for (const one of Array.isArray(wanted) ? wanted : [wanted]) {
		if (one === '') continue;
		const id = GATEWAY_IDS.find((known) => known === one);
		if (id === undefined) return refuseUnknown(one, label);
		ids.push(id);
	}
	return ids;
}

function readRoute(context: IExecuteFunctions, id: GatewayId): RoutePlan | Refusal {
	const { settings, backup } = routeNames(id);
	const gateway = gateways[id];
	// As they are saved: only the senders may be expressions, and those are read for each row.
	const values = asRecord(context.getNode().parameters[settings.name]) ?? {};
	const countries = countriesIn(values.countries);
	const prefixes = prefixesIn(values.prefixes);
	const problem = refusalOf(countries, prefixes, settings.label);
	if (problem !== null) return { about: gateway, refusal: problem };
	// Where it is not added, it is off.
	const leavesOut = values.leavesOut === true;
	const from = (name: 'from' | 'backupFrom'): Place['from'] => {
		return { name: `${settings.name}.${name}`, label: `${ROUTE_SETTINGS[name]} (${settings.label})` };
	};
	const words: PlaceWords = {
		role: 'which has a route',
		name: `the route through ${gateway.displayName}`,
		change: `change '${settings.label}'`,
		leavesOut: ROUTE_SETTINGS.leavesOut,
	};
	const place: Place = { gateway, from: from('from'), leavesOut, words };
	const backups = readRouteBackup(context, id, { leavesOut, from: from('backupFrom') }, backup);
	if (backups !== null && 'refusal' in backups) return backups;
	return { place, countries: new Set(countries.known), prefixes: prefixes.known, backups };
}

/** Null: as without a route. */
function readRouteBackup(
	context: IExecuteFunctions,
	route: GatewayId,
	place: Pick<Place, 'leavesOut' | 'from'>,
	{ name, label }: { readonly name: string; readonly label: string },
): readonly Place[] | null | Refusal {
	const wanted = context.getNodeParameter(name, 0, SAME_BACKUPS);
	if (wanted === SAME_BACKUPS || wanted === '') return null;
	if (wanted === NO_BACKUP) return [];
	const id = GATEWAY_IDS.find((one) => one === wanted);
	if (id === undefined) return refuseUnknown(wanted, label);
	if (id === route) return refuseRepeated(gateways[id], label);
	return [{ gateway: gateways[id], ...place, words: asBackup(id, ROUTE_SETTINGS.leavesOut) }];
}

interface Listed<T extends string> {
	readonly known: readonly T[];
	/** The first that means nothing; null when all do. */
	readonly unknown: string | null;
}

const isCountry = (code: string): code is CountryCode => Object.hasOwn(COUNTRY_NAMES, code);

function countriesIn(value: unknown): Listed<CountryCode> {
	const codes = (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
		(asText(one) ?? '')
			.toUpperCase()
			.split(/[\s,;]+/)
			.filter((code) => code !== ''),
	);
	return { known: codes.filter(isCountry), unknown: codes.find((code) => !isCountry(code)) ?? null };
}

/** A country code and as much of the number as one likes; none begins with 0, and no number has more digits. */
const PREFIX = /^[1-9]\d{0,14}$/;

function prefixesIn(value: unknown): Listed<string> {
	const typed = (asText(value) ?? '').split(/[,;\n]/).map((one) => one.trim());
	const digitsOf = (one: string): string => one.replace(/^\+/, '').replace(/[\s().-]/g, '');
	const all = typed.filter((one) => one !== '').map((one) => ({ one, digits: digitsOf(one) }));
	return {
		known: all.map(({ digits }) => digits).filter((digits) => PREFIX.test(digits)),
		unknown: all.find(({ digits }) => !PREFIX.test(digits))?.one ?? null,
	};
}

function refusalOf(countries: Listed<CountryCode>, prefixes: Listed<string>, label: string): Refused | null {
	const refuse = (what: string, fix: string): Refused =>
		refuseInput('invalid_parameter', `'${label}' ${what}. ${NOTHING_SENT}`, fix);
	if (countries.unknown !== null) {
		const shown = countries.unknown.slice(0, 40);
		return refuse(`has the country "${shown}"`, 'Choose countries from the list.');
	}
	if (prefixes.unknown !== null) {
		const shown = prefixes.unknown.slice(0, 40);
		return refuse(`has the prefix "${shown}"`, 'Begin with the country code, e.g. +7705.');
	}
	if (countries.known.length > 0 || prefixes.known.length > 0) return null;
	return refuse(
		'has no country and no prefix',
		`Choose the countries that go through it, or remove it from '${ROUTES.label}'.`,
	);
}

/** What two routes claim both. */
function sharedBy(one: RoutePlan, other: RoutePlan): Refusal[] {
	const country = [...other.countries].find((code) => one.countries.has(code));
	const prefix = other.prefixes.find((digits) => one.prefixes.includes(digits));
	const what = country === undefined ? (prefix === undefined ? null : `+${prefix}`) : COUNTRY_NAMES[country];
	if (what === null) return [];
	const names = inWords([one, other].map(({ place }) => place.gateway.displayName));
	const refusal = refuseInput(
		'invalid_parameter',
		`${what} has two routes, through ${names}. ${NOTHING_SENT}`,
		'Remove it from one of them.',
	);
	return [{ about: other.place.gateway, refusal }];
}

/** A value from an expression or from another version of this package. @param label the field, as people see it */
function refuseUnknown(chosen: unknown, label: string): Refusal {
	const id = asText(chosen) ?? '';
	const refusal = refuseInput(
		'invalid_parameter',
		`There is no gateway "${id}". ${NOTHING_SENT}`,
		`Choose one in '${label}'.`,
	);
	return { about: { id }, refusal };
}

/** What a gateway refuses, it would refuse again. */
function refuseRepeated(gateway: Gateway, label: string): Refusal {
	const refusal = refuseInput(
		'invalid_parameter',
		`${gateway.displayName} is chosen twice: what it refuses, it would refuse again. ${NOTHING_SENT}`,
		`Choose another gateway in '${label}', or None.`,
	);
	return { about: gateway, refusal };
}
