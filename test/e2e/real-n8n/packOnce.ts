/** Before suites that run side by side: the package is packed, so that no two of them do it at once. */
import { packPackage } from './stage';

export default function packOnce(): void {
	packPackage();
}
