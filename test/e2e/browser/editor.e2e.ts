/** The nodes in n8n's real editor, in a real browser: found, opened, filled in, run, and read. */
import type { Browser } from 'playwright-core';
import { startInbox } from '../../../simulators/inbox';
import { setStage } from '../real-n8n/stage';
import type { Bench } from './bench';
import { launchBrowser } from './chromium';
import { Editor } from './editor';
import { describeCredentialsOfSeveral } from './credentialsOfSeveral';
import { describeCredentials } from './credentialDialog';
import { describeFields } from './fields';
import { describeForm } from './form';
import { describeLimits } from './limits';
import { describeLooks } from './looks';
import { describeNodeCreator } from './nodeCreator';
import { describeRunning } from './running';

let browser: Browser | undefined;
let bench: Bench | undefined;

beforeAll(async () => {
	const log = (line: string): void => void process.stderr.write(`${line}\n`);
	browser = await launchBrowser(log);
	const stage = await setStage(log);
	const inbox = await startInbox(stage.gateways);
	bench = { stage, inbox, editor: await Editor.signIn(browser, stage.n8n) };
}, 900_000);

afterAll(async () => {
	await browser?.close();
	await bench?.inbox.close();
	await bench?.stage.close();
});

const theBench = (): Bench => {
	if (bench === undefined) throw new Error('The bench is not set');
	return bench;
};

describeNodeCreator(theBench);
describeCredentials(theBench);
describeLooks(theBench);
describeFields(theBench);
describeCredentialsOfSeveral(() => theBench().editor);
describeLimits(theBench);
describeRunning(theBench);
describeForm(theBench);
