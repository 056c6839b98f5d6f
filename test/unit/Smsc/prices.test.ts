/** SMSC's prices: the request that would send, asked for its price alone. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import { smscPrices } from '../../../nodes/Smsc/prices';
import { batch, bodyOf, message, readOptions, reply } from '../../support/messages';

const options = { responseFormat: 0, perNumberDetails: false, cost: 2 };
const two = batch(
	'sameText',
	message(smscGateway, { to: '+79161234567', text: 'Hi', options }),
	message(smscGateway, { to: '+79161234568', text: 'Hi', options }),
);

it('is asked in JSON for every number, whatever the options say of the reply to sending', () => {
	const form = new URLSearchParams(bodyOf(smscPrices.build(two)));
	expect(['phones', 'mes', 'cost', 'op', 'fmt'].map((name) => form.get(name))).toEqual([
		'+79161234567,+79161234568',
		'Hi',
		'1',
		'1',
		'3',
	]);
});

it('is asked for many numbers at a time, or as many as the person wants', () => {
	const { options: read } = readOptions(smscGateway, options);
	expect(smscPrices.batchLimits(read, null)).toEqual({ sameText: 100, differentTexts: 100 });
	expect(smscPrices.batchLimits(read, 7)).toEqual({ sameText: 7, differentTexts: 7 });
});

it('is told for each number by its own row, and for none by the sum', () => {
	const rows = [
		{ phone: '79161234568', cost: '2.80', status: null, error: null },
		{ phone: '79161234567', cost: '1.40', status: null, error: null },
	];
	expect(smscPrices.read(reply({ cost: '4.20', cnt: 2, phones: rows }), two)).toEqual([
		{ accepted: false, quoted: true, cost: 1.4, segments: null },
		{ accepted: false, quoted: true, cost: 2.8, segments: null },
	]);
	expect(smscPrices.read(reply({ cost: '4.20', cnt: 2 }), two)).toEqual([
		{ accepted: false, quoted: true, cost: null, segments: null },
		{ accepted: false, quoted: true, cost: null, segments: null },
	]);
});

it('has no price for a number that the rows leave out', () => {
	const rows = [{ phone: '79161234567', cost: '1.40' }];
	expect(smscPrices.read(reply({ cost: '1.40', cnt: 1, phones: rows }), two)).toMatchObject([
		{ quoted: true, cost: 1.4 },
		{ accepted: null },
	]);
});
