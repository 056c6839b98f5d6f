/** Answers texts that wait for it, as a person would: opens the link and presses a button. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AcceptedText } from '../../../../simulators/simulator';
import type { Execution } from '../executions';
import type { N8n } from '../n8n';

const POLL_MS = 100;
const PATIENCE_MS = 90_000;

/** The link behind the words. */
export const linkIn = ({ text }: AcceptedText): string => text.split('\n').at(-1) ?? '';

export interface Pressed {
	/** What the page asked. */
	readonly asked: string;
	/** The page after the press. */
	readonly thanks: string;
}

export async function press(link: string, answer: 'approve' | 'decline'): Promise<Pressed> {
	const headers = { connection: 'close' };
	const asked = await (await fetch(link, { headers })).text();
	const body = new URLSearchParams({ answer });
	const thanks = await (await fetch(link, { method: 'POST', body, headers })).text();
	return { asked, thanks };
}

/** The execution when it waits no longer. */
export async function afterAnswer(n8n: N8n, { id }: Pick<Execution, 'id'>): Promise<Execution> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const execution = await n8n.waitForExecution(id);
		if (execution.status !== 'waiting') return execution;
		if (Date.now() > deadline) throw new Error(`Execution ${id} goes on waiting`);
		await sleep(POLL_MS);
	}
}
