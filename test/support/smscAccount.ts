import { startSimulator } from '../../simulators/server';
import type { Simulator } from '../../simulators/simulator';
import { createSmsc } from '../../simulators/smsc';

export type Fields = Readonly<Record<string, string>>;

/** 12 October 2026, 09:30 in Moscow. */
export const START = Date.UTC(2026, 9, 12, 6, 30);
export const PHONE = '79991234567';
export const OTHER = '79991234568';

export interface Account {
	readonly simulator: Simulator;
	/** The gateway's clock, in milliseconds. */
	now: number;
	/** POST of a form in UTF-8 with the account's login; the body of the reply. */
	call(path: string, fields: Fields): Promise<string>;
	/** The same, in JSON. */
	json(path: string, fields: Fields): Promise<unknown>;
	/** With files: multipart. */
	upload(path: string, fields: Fields, files: Readonly<Record<string, Blob>>): Promise<string>;
}

/** An account on a simulator of its own, with a clock that stands still until a test moves it. */
export async function openAccount(options?: Parameters<typeof createSmsc>[0]): Promise<Account> {
	const clock = { now: START };
	const simulator = await startSimulator(createSmsc(options), { now: () => new Date(clock.now) });
	const login = { login: simulator.credentials.login ?? '', psw: simulator.credentials.password ?? '' };
	const post = async (path: string, body: URLSearchParams | FormData): Promise<string> => {
		const reply = await fetch(simulator.baseUrl + path, { method: 'POST', body });
		if (reply.status !== 200) throw new Error(`HTTP ${reply.status}`);
		return await reply.text();
	};
	const call = (path: string, fields: Fields): Promise<string> =>
		post(path, new URLSearchParams({ ...login, charset: 'utf-8', ...fields }));
	return {
		simulator,
		get now() {
			return clock.now;
		},
		set now(value: number) {
			clock.now = value;
		},
		call,
		json: async (path, fields) => JSON.parse(await call(path, { fmt: '3', ...fields })) as unknown,
		upload: (path, fields, files) => {
			const form = new FormData();
			for (const [name, value] of Object.entries({ ...login, charset: 'utf-8', ...fields })) {
				form.append(name, value);
			}
			for (const [name, blob] of Object.entries(files)) form.append('file', blob, name);
			return post(path, form);
		},
	};
}

/** One for a file or a block of tests, as new for each. @param opened gets it before the first test */
export function withAccount(
	opened: (account: Account) => void,
	options?: Parameters<typeof openAccount>[0],
): void {
	let account: Account;
	beforeAll(async () => {
		account = await openAccount(options);
		opened(account);
	});
	beforeEach(() => {
		account.now = START;
		account.simulator.reset();
	});
	afterAll(() => account.simulator.close());
}
