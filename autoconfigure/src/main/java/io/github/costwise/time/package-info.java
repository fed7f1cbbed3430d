/**
 * Time: the clock, the ticker and the timers of everything in Costwise, each replaceable.
 */
@NullMarked
package io.github.costwise.time;

import org.jspecify.annotations.NullMarked;
