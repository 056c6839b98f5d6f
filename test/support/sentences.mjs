/**
 * For Stryker: leaves sentences for people out of the mutants (`message`, `hint`, `description` …, in English and with
 * blanks between words). Their wording is read by people and changes often; that there is one, and which, is seen by
 * the kind, the code and the advice beside it. Every other text (names of fields, codes, kinds, statuses) is mutated.
 */
import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

const PROSE = /[A-Za-z']+[,:]? [A-Za-z']+/;

function textOf({ type, value, quasis }) {
	if (type === 'StringLiteral') return value;
	if (type === 'TemplateLiteral') return quasis.map((part) => part.value.raw).join('…');
	return null;
}

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'sentences', {
		shouldIgnore({ node }) {
			const text = textOf(node);
			return text !== null && PROSE.test(text) ? 'a sentence for people' : undefined;
		},
	}),
];
