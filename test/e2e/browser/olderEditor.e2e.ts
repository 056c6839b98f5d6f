/** What the editor of the older line (n8n 1.123) must show as well: the credentials of several gateways. */
import type { Browser } from 'playwright-core';
import type { Stage } from '../real-n8n/stage';
import { setStage } from '../real-n8n/stage';
import { launchBrowser } from './chromium';
import { describeCredentialsOfSeveral } from './credentialsOfSeveral';
import { Editor } from './editor';

let browser: Browser | undefined;
let stage: Stage | undefined;
let editor: Editor | undefined;

beforeAll(async () => {
	const log = (line: string): void => void process.stderr.write(`${line}\n`);
	browser = await launchBrowser(log);
	stage = await setStage(log);
	editor = await Editor.signIn(browser, stage.n8n);
}, 900_000);

afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

describeCredentialsOfSeveral(() => {
	if (editor === undefined) throw new Error('Nobody has signed in');
	return editor;
});
