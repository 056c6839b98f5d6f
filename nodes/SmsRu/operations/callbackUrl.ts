/** The web address that the operations on callbacks are about. */
import type { INodeProperties } from 'n8n-workflow';
import type { RowFields } from '../../shared/contract/fields';

export type UrlQuery = Readonly<Record<'url', string>>;

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/sms-reports',
	description: 'Web address that SMS.RU calls with delivery reports',
};

export function urlQueries({ fields }: RowFields): readonly UrlQuery[] {
	const url = fields.webAddress('url', 'URL', 1000);
	if (url === undefined && fields.problems.length === 0)
		fields.refuse('URL', 'is empty', 'Fill in a web address');
	return url === undefined ? [] : [{ url }];
}
