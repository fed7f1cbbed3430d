/**
 * Tells answers from texts that are none: refusals, not knowing, failures, empty forms.
 */
@org.jspecify.annotations.NullMarked
package io.github.costwise.answer.none;
