/** Every workflow of examples/, imported into a real n8n and run as a person would: what arrives, and what is shown. */
import path from 'node:path';
import { startGateways } from '../gateways/index';
import type { AcceptedText } from '../gateways/simulator';
import { type ChatModel, startChatModel } from '../support/chatModel';
import {
	type Example,
	type Gateways,
	demoCredentials,
	importExamples,
	readExamples,
} from './examples/examples';
import { type ExampleRun, type Visitor, runExample } from './examples/run';
import { installHost } from './host';
import { type N8n, bootN8n } from './n8n';
import { packPackage } from './stage';

const examples = readExamples(path.join(__dirname, '..', '..'));

let gateways: Gateways;
let model: ChatModel;
let n8n: N8n;

beforeAll(async () => {
	const log = (line: string): void => void process.stderr.write(`${line}\n`);
	gateways = await startGateways();
	model = await startChatModel();
	n8n = await bootN8n({
		host: await installHost(log),
		packageTarball: packPackage(),
		credentials: demoCredentials(gateways, model),
		log,
	});
	await importExamples(n8n, examples);
});
afterAll(async () => {
	await n8n?.stop();
	await model?.close();
	await Promise.all(Object.values(gateways ?? {}).map((gateway) => gateway.close()));
});

function exampleOf(id: string): Example {
	const example = examples.find(({ workflow }) => workflow.id === id);
	if (example === undefined) throw new Error(`There is no example ${id}`);
	return example;
}

async function run(id: string, visitor?: Visitor): Promise<ExampleRun> {
	return await runExample(n8n, gateways, exampleOf(id), visitor);
}

const phoneAndText = (arrived: readonly AcceptedText[]): string[][] =>
	arrived.map(({ to, text }) => [to, text]);

it('First text: one text', async () => {
	const { execution, arrived } = await run('firstText');
	expect(execution.status).toBe('success');
	expect(phoneAndText(arrived)).toEqual([['79255070602', 'Your order 1024 is ready']]);
});

describe('Form to text message', () => {
	const fillIn =
		(...values: string[]): Visitor =>
		async (visit) => {
			expect(visit.page).toEqual({
				title: 'Book an appointment',
				text: 'We confirm it by text message.',
				labels: ['Phone number', 'Day'],
			});
			await visit.send(...values);
		};

	it('says to whom the text went', async () => {
		const { execution, shown, arrived } = await run('formToText', fillIn('8 (916) 123-45-67', 'Friday'));
		expect(execution.status).toBe('success');
		expect(phoneAndText(arrived)).toEqual([
			['79161234567', 'Your appointment on Friday is booked. See you soon, ACME'],
		]);
		expect(shown).toEqual([
			{ where: 'Your appointment is booked', text: 'We have sent a text message to +79161234567.' },
		]);
	});

	it('does not send the same text to the same number again', async () => {
		const { shown, arrived } = await run('formToText', fillIn('+7 916 123-45-67', 'Friday'));
		expect(arrived).toEqual([]);
		expect(shown).toEqual([
			{
				where: 'We could not text you',
				text: 'We have sent you this text already. Please look at your phone.',
			},
		]);
	});

	it('says what was wrong with a number', async () => {
		const { execution, shown, arrived } = await run('formToText', fillIn('call office', 'Monday'));
		expect(execution.status).toBe('success');
		expect(arrived).toEqual([]);
		expect(shown).toEqual([
			{
				where: 'We could not text you',
				text: '"call office" cannot be texted: A phone number has no letters. Write it with digits only.',
			},
		]);
	});

	it('keeps words of a stranger out of the text', async () => {
		const { arrived } = await run('formToText', fillIn('+79161234568', 'Buy now at example.com'));
		expect(phoneAndText(arrived)).toEqual([
			['79161234568', 'Your appointment on the day you chose is booked. See you soon, ACME'],
		]);
	});

	it('does not tell the public about the account', async () => {
		const { shown, arrived } = await run('formToText', async (visit, texts) => {
			gateways.smsc.balance = 0;
			await fillIn('+79161234569', 'Monday')(visit, texts);
		});
		expect(arrived).toEqual([]);
		expect(shown).toEqual([
			{ where: 'We could not text you', text: 'Something is wrong on our side. Please call us.' },
		]);
	});
});

it('Sheet to text messages: a text for each good row, and a second sheet with the others', async () => {
	const { execution, shown, arrived } = await run('sheetCampaign');
	expect(execution.status).toBe('success');
	expect(phoneAndText(arrived)).toEqual([
		['254712345678', 'Dear Amina, your order 1001 is ready. Please collect it by Saturday.'],
		['254722000111', 'Dear Brian, your order 1002 is ready. Please collect it by Saturday.'],
		['254733123456', 'Dear Esther, your order 1005 is ready. Please collect it by Saturday.'],
	]);
	expect(gateways.advantaSms.requests).toHaveLength(1);
	const sent = n8n.nodeItems(execution, 'Sent')[0]?.[0]?.map(({ json }) => json);
	expect(sent).toEqual([
		{ name: 'Amina', to: '+254712345678', status: 'queued', messageId: arrived[0]?.messageId },
		{ name: 'Brian', to: '+254722000111', status: 'queued', messageId: arrived[1]?.messageId },
		{ name: 'Esther', to: '+254733123456', status: 'queued', messageId: arrived[2]?.messageId },
	]);
	expect(shown).toEqual([
		{
			where: 'failed-rows.csv',
			text: [
				// With a byte order mark, so that Excel reads other alphabets rightly, too.
				'\uFEFFname,phone,order,reason,hint',
				'Chao,call office,1003,"""call office"" cannot be texted: A phone number has no letters.",Write it with digits only.',
				'Daudi,7.22E+08,1004,"""7.22E+08"" cannot be texted: The spreadsheet has rounded this number, so its last digits may be lost.",Format the column as text and paste the number again.',
				'Amina,0712-345-678,1001,Left out: row 1 of this run already sends this text to +254712345678.,"To send it twice, set \'Skip Duplicates\' to Off in the options."',
				'Faith,,1006,This row has no phone number.,"Fill one in, or leave this row out."',
			].join('\n'),
		},
	]);
});
