/** What is refused before it costs anything. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import { batch, message } from '../../support/messages';

const check = (input: { readonly to?: string; readonly from?: string }) =>
	advantaSmsGateway.texts.checkMessage(message(advantaSmsGateway, { to: '+254712345678', ...input }));

it.each(['+254202345678', '+254512345678', '+254902345678'])('%s is a land line in Kenya', (to) => {
	expect(check({ to })).toMatchObject({ accepted: false, origin: 'input', kind: 'invalid_recipient' });
});

it.each(['+254712345678', '+254112345678', '+255202345678', '+256712345678'])('%s can be texted', (to) => {
	expect(check({ to })).toBeNull();
});

it('takes a sender of 20 characters, and none longer', () => {
	expect(check({ from: 'x'.repeat(20) })).toBeNull();
	expect(check({ from: 'x'.repeat(21) })).toMatchObject({ accepted: false, kind: 'invalid_sender' });
});

it('posts a text each to sendbulk', () => {
	const texts = [
		message(advantaSmsGateway, { text: 'A' }),
		message(advantaSmsGateway, { text: 'B' }),
	] as const;
	expect(advantaSmsGateway.texts.build(batch('differentTexts', ...texts))).toMatchObject({
		method: 'POST',
		path: '/api/services/sendbulk',
	});
});
