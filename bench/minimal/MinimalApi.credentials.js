/** The credential of the node to compare with: its secret is added to a form. */
class MinimalApi {
	constructor() {
		this.name = 'minimalApi';
		this.displayName = 'Minimal API';
		this.properties = [{ displayName: 'Fields', name: 'fields', type: 'string', default: '' }];
	}

	async authenticate({ fields }, request) {
		return { ...request, body: `${request.body}&${fields}` };
	}
}

module.exports = { MinimalApi };
