/**
 * Judging answers, and keeping what the judgements taught.
 */
@NullMarked
package io.github.costwise.cache.learning;

import org.jspecify.annotations.NullMarked;
