/** In Test Runs: what a press of n8n's Execute button does with texts. */
import type { INodeProperties } from 'n8n-workflow';
import { REPEAT_MINUTES, TEST_RUN_FIELDS, TEST_RUN_LABELS } from '../contract/testRuns';

type Shown = NonNullable<INodeProperties['displayOptions']>;

/** The choice, and the number it may need, shown as `displayOptions` say. */
export function testRunFields(displayOptions: Shown): INodeProperties[] {
	const { choice, number } = TEST_RUN_FIELDS;
	return [
		{
			displayName: choice.label,
			name: choice.name,
			type: 'options',
			noDataExpression: true,
			displayOptions,
			options: [
				{
					name: TEST_RUN_LABELS.send,
					value: 'send',
					description: `Send for real, but not the same text to the same number again within ${REPEAT_MINUTES} minutes`,
				},
				{
					name: TEST_RUN_LABELS.preview,
					value: 'preview',
					description: 'Run all checks and show what would be sent. Nothing is sent or charged.',
				},
				{
					name: TEST_RUN_LABELS.oneNumber,
					value: 'oneNumber',
					description: 'Send the texts of all rows to your own number, each different text once',
				},
				{
					name: TEST_RUN_LABELS.sendAgain,
					value: 'sendAgain',
					description: 'Send for real each time, even what was sent a minute ago',
				},
			],
			default: 'send',
			description:
				'What happens when you press Execute in the editor. Active workflows always send to everybody.',
		},
		{
			displayName: number.label,
			name: number.name,
			// Not required: n8n would not start an active workflow without it.
			type: 'string',
			displayOptions: { ...displayOptions, show: { ...displayOptions.show, [choice.name]: ['oneNumber'] } },
			default: '',
			placeholder: 'e.g. +79161234567',
			description: 'Your own phone number. In test runs it gets the texts of all rows.',
		},
	];
}
