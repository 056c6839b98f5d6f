/**
 * Which room may know which, checked by `npm test`. The rooms from the bottom up: the contract and the pure rooms (time,
 * phone, segments) know nothing of n8n's run; input reads what people typed; requests does all I/O, and journal remembers
 * in n8n's database; output, send and operations run the node; execute.ts chooses between them. A gateway's files speak through the contract alone.
 */
const shared = '^nodes/shared/';
const room = (name) => `${shared}${name}/`;

/** What each room may know, besides itself. */
const MAY_KNOW = {
	contract: [],
	time: [],
	phone: [],
	segments: ['contract'],
	journal: [],
	input: ['contract', 'time', 'phone', 'segments'],
	requests: ['contract', 'time'],
	output: ['contract', 'requests'],
	panel: ['contract', 'phone', 'segments', 'requests', 'webhook'],
	operations: ['contract', 'time', 'phone', 'input', 'requests', 'output'],
	codes: ['contract', 'time', 'phone', 'input', 'requests', 'output', 'journal'],
	answer: ['contract', 'time'],
	send: [
		'contract',
		'time',
		'phone',
		'segments',
		'input',
		'requests',
		'output',
		'operations',
		'journal',
		'codes',
		'answer',
	],
	webhook: ['contract', 'time', 'requests'],
};

const roomRules = Object.entries(MAY_KNOW).map(([name, known]) => ({
	name: `what ${name} may know`,
	comment:
		known.length === 0
			? `The room ${name} knows no other room: everything else is built on it.`
			: `The room ${name} may know ${known.join(', ')}, and no other room.`,
	severity: 'error',
	from: { path: room(name) },
	to: { path: '^(nodes|credentials|simulators|test)/', pathNot: [room(name), ...known.map(room)] },
}));

module.exports = {
	forbidden: [
		...roomRules,
		{
			name: 'no circles',
			comment: 'Two files that need each other are one file, or there is a third in them.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'a gateway knows the contract',
			comment:
				"A gateway's files know the contract, the shared fields of the panel, times, and how a webhook call is read. Only its nodes (*.node.ts) know the rooms that run.",
			severity: 'error',
			from: { path: '^nodes/(?!shared/|SendSms/)([^/]+)/', pathNot: '\\.node\\.ts$' },
			to: {
				path: '^nodes/',
				pathNot: [
					'^nodes/$1/',
					room('contract'),
					room('panel'),
					room('time'),
					room('webhook'),
					room('segments'),
				],
			},
		},
		{
			name: 'gateways do not know each other',
			comment: 'What two gateways share belongs in nodes/shared.',
			severity: 'error',
			from: { path: '^nodes/(?!shared/|SendSms/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)[^/]+/', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared knows no gateway',
			comment: 'The shared rooms work for every gateway, so they name none.',
			severity: 'error',
			from: { path: shared },
			to: { path: '^nodes/(?!shared/)' },
		},
		{
			name: 'only requests does I/O',
			comment: "Requests leave through n8n's helper in the room requests, nowhere else.",
			severity: 'error',
			from: { path: '^nodes/' },
			to: { path: '^(node:)?(https?|net|tls|dns|fs|fs/promises|child_process)$' },
		},
		{
			name: 'simulators have not seen the client',
			comment:
				"A simulator is written from the vendor's pages. What it took from the client would agree with it.",
			severity: 'error',
			from: { path: '^simulators/' },
			to: { path: '^(nodes|credentials|test|scripts)/' },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^dist/' },
	},
};
