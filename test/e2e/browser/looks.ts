/** The panel of a first text, as it opens on a laptop. */
import type { Bench } from './bench';
import { VIEWPORT } from './editor';
import { chain, startNode } from './flows';
import { NODES } from './nodes';
import { eventually } from './patience';
import { lookAtScreen, onScreen } from './pictures';

const NARROW = { width: 1024, height: 768 };

export function describeLooks(bench: () => Bench): void {
	describe('looks', () => {
		it.each(NODES)(
			'$displayName: all of a first text is in sight on a laptop, down to Options',
			async ({ type, displayName }) =>
				await onScreen(
					() => bench().editor.page,
					async () => {
						const { editor } = bench();
						const { page } = editor;
						await editor.open(chain(`${displayName}: a laptop`, [startNode, { name: 'SMS', type }]));
						await editor.openPanel('SMS');
						try {
							for (const colorScheme of ['dark', 'light'] as const) {
								await page.emulateMedia({ colorScheme });
								for (const size of [NARROW, VIEWPORT]) {
									await page.setViewportSize(size);
									await lookAtScreen(page, `${displayName} ${size.width} ${colorScheme}`);
								}
							}
							const options = editor.panel
								.getByTestId('parameter-item')
								.filter({ has: page.getByTestId('collection-parameter-add') })
								.filter({ hasText: /^\s*Options/ });
							await eventually(async () => {
								const [box, panel] = [await options.boundingBox(), await editor.panel.boundingBox()];
								if (box === null || panel === null) throw new Error('Options are not there');
								expect(box.y + box.height).toBeLessThanOrEqual(panel.y + panel.height);
							});
						} finally {
							await page.emulateMedia({ colorScheme: null });
							await page.setViewportSize(VIEWPORT);
						}
					},
				)(),
		);
	});
}
