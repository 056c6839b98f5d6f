/** The credential's Test: SMSC's own error is told before "does not answer like SMSC". */
import { SmscApi } from '../../../credentials/SmscApi.credentials';

/** The sentence that n8n shows for this answer: that of the first rule that holds; null when none does. */
function sentenceFor(answer: Readonly<Record<string, unknown>>): string | null {
	for (const { type, properties } of new SmscApi().test.rules ?? []) {
		if (type !== 'responseSuccessBody') throw new Error(`a rule of another type: ${type}`);
		if (answer[properties.key] === properties.value) return properties.message;
	}
	return null;
}

it.each([
	[{ balance: '1871.62' }, null],
	[{ error: 'parameters error', error_code: 1 }, /neither a login with a password nor an API key/],
	[{ error: 'authorise error', error_code: 2 }, /does not accept this login/],
	[{ error: 'IP is blocked', error_code: 4 }, /blocked this IP address/],
	[{ error: 'too many requests, wait a minute', error_code: 9 }, /ten balance requests per minute/],
	[{ hello: 'world' }, /Check 'Site'/],
])('%j', (answer, expected) => {
	const sentence = sentenceFor(answer);
	if (expected === null) expect(sentence).toBeNull();
	else expect(sentence).toMatch(expected);
});
