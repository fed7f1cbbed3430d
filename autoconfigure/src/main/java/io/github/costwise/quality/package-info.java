/**
 * Whether the answer of a cheap model is good enough, before the user sees it: rules that
 * need no model, agreement with a second cheap answer, and when asking at all pays. Pure:
 * the pipeline makes the calls.
 */
@NullMarked
package io.github.costwise.quality;

import org.jspecify.annotations.NullMarked;
