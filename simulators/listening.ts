import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Listens on loopback. Returns the port; rejects when it is taken. `port` 0: any free one. */
export async function listen(server: Server, port = 0): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	return (server.address() as AddressInfo).port;
}

/** Returns what closes the server, together with the connections that callers keep alive. */
export function closerOf(server: Server): () => Promise<void> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	let closing: Promise<void> | undefined;
	return async () =>
		await (closing ??= new Promise((resolve) => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		}));
}
