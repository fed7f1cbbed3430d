/**
 * What happens to a turn and to each of its calls, in one visible order, without knowing
 * ChatClient or Reactor.
 */
@NullMarked
package io.github.costwise.pipeline;

import org.jspecify.annotations.NullMarked;
