/** What a first attempt at an SMS node looks like: one request a row with n8n's helper, and nothing else. To compare with. */
class Minimal {
	constructor() {
		const field = (name, type, initial) => ({ displayName: name, name, type, default: initial });
		this.description = {
			displayName: 'Minimal',
			name: 'minimal',
			group: ['output'],
			version: 1,
			description: 'One request a row',
			defaults: { name: 'Minimal' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'minimalApi', required: true }],
			properties: [
				field('url', 'string', ''),
				field('body', 'string', ''),
				field('numberName', 'string', 'to'),
				field('inFlight', 'number', 1),
				field('withAuthentication', 'boolean', false),
			],
		};
	}

	async execute() {
		const items = this.getInputData();
		const read = (name) => this.getNodeParameter(name, 0);
		const [url, body, numberName, inFlight, withAuthentication] = [
			read('url'),
			read('body'),
			read('numberName'),
			read('inFlight'),
			read('withAuthentication'),
		];
		const results = new Array(items.length);
		let next = 0;
		const worker = async () => {
			for (let index = next++; index < items.length; index = next++) {
				const number = encodeURIComponent(String(items[index].json.phone).replace('+', ''));
				const request = {
					method: 'POST',
					url,
					headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
					body: `${body}&${numberName}=${number}`,
					json: false,
				};
				const reply = withAuthentication
					? await this.helpers.httpRequestWithAuthentication.call(this, 'minimalApi', request)
					: await this.helpers.httpRequest(request);
				results[index] = { json: { reply }, pairedItem: { item: index } };
			}
		};
		await Promise.all(Array.from({ length: inFlight }, worker));
		return [results];
	}
}

module.exports = { Minimal };
