/** What n8n makes of an answer to a credential's Test button, by its rules. */
import type { ICredentialTestRequest } from 'n8n-workflow';

/** lodash's `get`, as n8n uses it for the keys of rules. */
function at(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((inner, key) => {
		if (inner === undefined || inner === null) return undefined;
		return (Object(inner) as Record<string, unknown>)[key];
	}, value);
}

/**
 * The sentence with which the test fails; null when it succeeds. Rules of codes hold where the request failed, rules of
 * bodies where it did not; the first that fits wins (1.123 and 2.41). A failed request without a rule fails by n8n's own
 * words.
 */
export function verdictOf(test: ICredentialTestRequest, status: number, body: unknown): string | null {
	const failed = status >= 300 && test.request.ignoreHttpStatusErrors !== true;
	for (const rule of test.rules ?? []) {
		if (rule.type === 'responseCode') {
			if (failed && rule.properties.value === status) return rule.properties.message;
		} else if (!failed && at(body, rule.properties.key) === rule.properties.value) {
			return rule.properties.message;
		}
	}
	return failed ? `n8n: HTTP ${status}` : null;
}
