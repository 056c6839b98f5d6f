/** What most gateways have a code for, by what is wrong: rows of their tables say what happened and how to get unstuck. */
import { codeShape } from './codes';

export const credential = codeShape('authentication', 'after_fix', { fatal: true });
export const money = codeShape('insufficient_funds', 'after_fix', { fatal: true });
export const recipient = codeShape('invalid_recipient', 'after_fix');
export const sender = codeShape('invalid_sender', 'after_fix');
export const parameter = codeShape('invalid_parameter', 'after_fix');
export const content = codeShape('content_rejected', 'after_fix');
export const limit = codeShape('rate_limited', 'later');
export const noRoute = codeShape('no_route', 'never');
export const unknownMessage = codeShape('invalid_parameter', 'never');
/** The gateway broke down, or keeps trying: the text may have gone out, or may still. */
export const inDoubt = codeShape('temporary', 'check_first', { mayBeAccepted: true });

/** What became of a text that was accepted. */
export const wrongNumber = codeShape('invalid_recipient', 'never');
export const blocked = codeShape('blocked_recipient', 'never');
export const undelivered = codeShape('unknown', 'never');
export const unreachable = codeShape('temporary', 'never');
/** Also of a query: the same again may help. */
export const notNow = codeShape('temporary', 'later');
