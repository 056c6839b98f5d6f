/** What Africa's Talking can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getBalance } from './getBalance';

export const africasTalkingOperations: readonly Operation[] = [getBalance];
