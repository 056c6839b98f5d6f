/** What SMSC can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { addToStopList, getBalance, getOperator, getSenders, removeFromStopList } from './account';
import { getHistory, getIncoming } from './lists';
import { cancel, getStatus } from './status';

export const smscOperations: readonly Operation[] = [
	getStatus,
	cancel,
	getHistory,
	getIncoming,
	getBalance,
	getSenders,
	getOperator,
	addToStopList,
	removeFromStopList,
];
