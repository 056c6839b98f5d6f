import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [net, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const) {
	PRIVATE.addSubnet(net, bits, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Code 507: "IP адрес пользователя указан неверно, либо идет из частной подсети". */
export function isUsableIp(ip: string, exceptions: readonly string[]): boolean {
	const family = isIP(ip);
	if (exceptions.includes(ip)) return true;
	return family !== 0 && !PRIVATE.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}
