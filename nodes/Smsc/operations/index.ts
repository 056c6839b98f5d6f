/** What SMSC can do besides sending. */
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Operation } from '../../shared/contract/operation';
import { addCheck } from './addCheck';
import { addToStopList } from './addToStopList';
import { callWithCode } from './callWithCode';
import { cancel } from './cancel';
import { getBalance } from './getBalance';
import { getHistory } from './getHistory';
import { getIncoming } from './getIncoming';
import { getOperator } from './getOperator';
import { getPrices } from './getPrices';
import { getSenders } from './getSenders';
import { getStatistics } from './getStatistics';
import { getStatus } from './getStatus';
import { lookUp } from './lookUp';
import { ping } from './ping';
import { removeFromStopList } from './removeFromStopList';

export const smscOperations: readonly Operation[] = [
	getStatus,
	cancel,
	getHistory,
	getIncoming,
	getBalance,
	getStatistics,
	getPrices,
	getSenders,
	getOperator,
	addToStopList,
	removeFromStopList,
	addCheck,
];

/** What goes out to a number and is paid for. */
export const smscBilledOperations: readonly BilledOperation[] = [lookUp, ping, callWithCode];
