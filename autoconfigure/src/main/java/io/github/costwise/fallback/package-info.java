/**
 * What to do when a model fails: what kind of failure it was, which model is tried next
 * and which targets have an open circuit. Pure: the pipeline makes the calls.
 */
@NullMarked
package io.github.costwise.fallback;

import org.jspecify.annotations.NullMarked;
