import { createAlphaSms } from '../../../../simulators/alphaSms';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';

/** AlphaSMS's JSON pages of Viber, RCS, codes by Telegram and WhatsApp, and voice calls: their samples, and what is wrong. */

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createAlphaSms());
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

async function ask(item: object): Promise<unknown> {
	const body = { auth: simulator.credentials.apiKey, data: [{ id: 100500, phone: 380971234567, ...item }] };
	const reply = await fetch(`${simulator.baseUrl}/api/json.php`, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	expect(reply.status).toBe(200);
	return ((await reply.json()) as { data: unknown[] }).data[0];
}

const SMS = { sms_signature: 'SMSTest', sms_message: 'Message text to be sent via SMS' };
const VIBER = {
	viber_type: 'text+image+link',
	viber_signature: 'ViberTest',
	viber_message: 'Message text to send via Viber',
	viber_image: 'https://url.com/storage/images/image.png',
	viber_link: 'https://redirect.url',
	viber_button: 'Button caption',
};
const RCS = {
	rcs_signature: 'RCSTest',
	rcs_message: 'Message text to be sent via RCS',
	rcs_image: 'https://url.com/storage/images/image.png',
	rcs_link: 'https://redirect.url',
	rcs_button: 'Button caption',
};
const MORE = { short_link: true, hook: 'https://example.org/webhook/url.php' };
const { viber_message, viber_image, viber_link, viber_button } = VIBER;
const VOICE = {
	type: 'voice',
	message: 'Your code is 100500',
	voice: { gender: 'female', language: 'uk-UA', name: 'uk-UA-Standard-A' },
	dtmf: false,
};

/** The samples of the pages. */
const SAMPLES: ReadonlyArray<readonly [name: string, sample: object, text: string, from: string]> = [
	[
		'viber, text',
		{
			type: 'viber',
			viber_type: 'text',
			viber_signature: 'ViberTest',
			viber_message,
			viber_lifetime: 172800,
			...MORE,
		},
		viber_message,
		'ViberTest',
	],
	[
		'viber, image',
		{
			type: 'viber',
			viber_type: 'image',
			viber_signature: 'ViberTest',
			viber_image,
			viber_lifetime: 172800,
			...MORE,
		},
		viber_image,
		'ViberTest',
	],
	[
		'viber, text and link',
		{
			type: 'viber',
			viber_type: 'text+link',
			viber_signature: 'ViberTest',
			viber_message,
			viber_link,
			viber_button,
			...MORE,
		},
		viber_message,
		'ViberTest',
	],
	['viber, all', { type: 'viber', ...VIBER, viber_lifetime: 172800, ...MORE }, viber_message, 'ViberTest'],
	['viber+sms', { type: 'viber+sms', ...SMS, ...VIBER, ...MORE }, viber_message, 'ViberTest'],
	['rcs', { type: 'rcs', ...RCS, rcs_lifetime: 172800, ...MORE }, RCS.rcs_message, 'RCSTest'],
	['rcs+sms', { type: 'rcs+sms', ...SMS, ...RCS, rcs_lifetime: 172800, ...MORE }, RCS.rcs_message, 'RCSTest'],
	['rcs+viber+sms', { type: 'rcs+viber+sms', ...SMS, ...RCS, ...VIBER, ...MORE }, RCS.rcs_message, 'RCSTest'],
	['telegram', { type: 'telegram', message: '123456', telegram_lifetime: 172800 }, '123456', ''],
	['whatsapp', { type: 'whatsapp', message: '123456', hook: MORE.hook }, '123456', ''],
	['voice', VOICE, VOICE.message, ''],
];

it.each(SAMPLES)('takes the sample of %s', async (_, sample, text, from) => {
	expect(await ask(sample)).toEqual({
		success: true,
		data: { id: 100500, msg_id: 84523377, data: 1, parts: 1 },
	});
	expect(simulator.texts).toMatchObject([{ to: '380971234567', text, from, parts: 1 }]);
	const [type = ''] = (sample as { type: string }).type.split('+');
	expect(await ask({ type: 'status' })).toEqual({
		success: true,
		data: { id: 100500, type, status: 'QUEUED' },
	});
});

it.each<[string, object, string]>([
	['no kind of Viber message', { type: 'viber', ...VIBER, viber_type: undefined }, 'Error in type'],
	['an unknown kind', { type: 'viber', ...VIBER, viber_type: 'button' }, 'Error in type'],
	['a text with a picture', { type: 'viber', ...VIBER, viber_type: 'text' }, 'Error in image'],
	['a picture with a text', { type: 'viber', ...VIBER, viber_type: 'image' }, 'Error in message'],
	['no sender', { type: 'viber', ...VIBER, viber_signature: '' }, 'Error in Alpha-name'],
	['a text of 1001', { type: 'viber', ...VIBER, viber_message: 'x'.repeat(1001) }, 'Error in message'],
	['a caption of 20', { type: 'viber', ...VIBER, viber_button: 'x'.repeat(20) }, 'Error in button'],
	['another picture', { type: 'viber', ...VIBER, viber_image: 'https://url.com/a.svg' }, 'Error in image'],
	['59 seconds', { type: 'viber', ...VIBER, viber_lifetime: 59 }, 'Error in lifetime'],
	['no SMS behind it', { type: 'viber+sms', ...VIBER }, 'Error in Alpha-name'],
	['an SMS not asked for', { type: 'viber', ...VIBER, ...SMS }, 'Error in Alpha-name'],
	[
		'the lifetime of the other',
		{ type: 'viber+sms', ...VIBER, ...SMS, sms_lifetime: 3600 },
		'Error in lifetime',
	],
	['RCS without a text', { type: 'rcs', ...RCS, rcs_message: '' }, 'Error in message'],
	['a code of 3 digits', { type: 'telegram', message: '123' }, 'Error in message'],
	['a code with a word', { type: 'whatsapp', message: 'Code 1234' }, 'Error in message'],
	[
		'a code with a sender',
		{ type: 'whatsapp', message: '1234', whatsapp_signature: 'x' },
		'Error in Alpha-name',
	],
	['no voice', { ...VOICE, voice: undefined }, 'Error in voice'],
	[
		'a voice of another language',
		{ ...VOICE, voice: { ...VOICE.voice, language: 'en-GB' } },
		'Error in voice',
	],
	['no dtmf', { ...VOICE, dtmf: undefined }, 'Error in dtmf'],
	['a hook for a call', { ...VOICE, hook: MORE.hook }, 'Error in hook'],
])('refuses %s', async (_, item, error) => {
	expect(await ask(item)).toEqual({ success: false, error, data: { id: 100500 } });
	expect(simulator.texts).toHaveLength(0);
});

it('a Viber message can be read', async () => {
	await ask({ type: 'viber', ...VIBER });
	await simulator.report('84523377', 'read');
	expect(await ask({ type: 'status' })).toMatchObject({ data: { type: 'viber', status: 'READ' } });
});
