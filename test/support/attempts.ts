/**
 * Compares what several gateways took with what the items say of a run over all of them. Like the referee for one, it
 * knows the documented shape of items and nothing of the code that makes them.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Simulator } from '../../simulators/simulator';
import type { Verdict } from './referee';
import { judge, verdictOf } from './referee';

type Gateway = Pick<Simulator, 'gateway' | 'texts' | 'requests'>;

/**
 * Sentences; empty when nobody got two texts, nobody is missing, and every attempt is told as it was.
 * @param gateways with the requests of the run that the items are of
 * @param hasSeveralTries the items tell the last try, while the gateways remember all of them
 */
export function judgeAll(
	gateways: readonly Gateway[],
	items: readonly INodeExecutionData[],
	people: number,
	expected: (row: number) => string | null,
	hasSeveralTries = false,
): readonly string[] {
	const texts = gateways.flatMap((one) => one.texts);
	const { misses } = judge({ texts }, items, people, expected);
	const known = new Map(gateways.map((one) => [one.gateway, factsOf(one, hasSeveralTries)]));
	return [...misses, ...items.map(verdictOf).flatMap((verdict) => missesOf(verdict, known))];
}

interface Facts {
	/** E.164 of those who got a text through it. */
	readonly took: ReadonlySet<string>;
	/** All that was ever asked of it; empty where that says nothing of the attempts that are told. */
	readonly heard: string;
}

function factsOf({ texts, requests }: Gateway, hasSeveralTries: boolean): Facts {
	const counted = hasSeveralTries ? [] : requests;
	return {
		took: new Set(texts.map(({ to }) => `+${to}`)),
		heard: counted.map(({ url, body }) => `${url} ${body.toString('latin1')}`).join('\n'),
	};
}

function missesOf(verdict: Verdict, known: ReadonlyMap<string, Facts>): string[] {
	const { row, to, accepted, error, json } = verdict;
	const misses: string[] = [];
	const say = (what: string): void => void misses.push(`row ${row} (${to}): ${what}`);
	const gateway = String(error?.gateway ?? json.gateway);
	const attempts = (error?.attempts ?? json.attempts ?? []) as IDataObject[];
	// Of a text that an earlier run sent, nobody knows through whom.
	const isKnown = json.alreadySent !== true || json.gateway !== null;
	if (accepted === true && isKnown && known.get(gateway)?.took.has(to) !== true) say(`${gateway} did not take it`);
	if (attempts.length === 1) say('one attempt is no list');
	if (new Set(attempts.map((one) => one.gateway)).size < attempts.length) say('a gateway was asked twice');
	for (const [index, { gateway: id, outcome, kind }] of attempts.entries()) {
		const facts = known.get(String(id));
		const took = facts?.took.has(to) ?? false;
		const isLast = index === attempts.length - 1;
		if (outcome === 'accepted' && !took) say(`${String(id)} is said to have taken it`);
		if ((outcome === 'refused' || outcome === 'notAsked') && took) say(`${String(id)} took it`);
		if (outcome === 'notAsked' && facts?.heard.includes(to.slice(1)) === true) say(`${String(id)} was asked`);
		if ((outcome === 'accepted' || outcome === 'unclear') && !isLast) say('it went on all the same');
		if ((outcome === 'accepted') !== (kind === null)) say('an attempt and its kind do not fit');
	}
	return misses;
}

/** Its requests without those that only ask what a text costs, or what an account counts in. */
export function withoutPriceQuestions({ gateway, texts, requests }: Gateway): Gateway {
	const asks = ({ url, body }: Gateway['requests'][number]): boolean =>
		/\/sms\/cost|\/balance|command=price|\bcost=1\b/.test(`${url} ${body.toString('latin1')}`);
	return { gateway, texts, requests: requests.filter((request) => !asks(request)) };
}
