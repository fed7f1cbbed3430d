/**
 * How values of Anthropic's library are written into stored answers.
 */
@NullMarked
package io.github.costwise.answer.anthropic;

import org.jspecify.annotations.NullMarked;
