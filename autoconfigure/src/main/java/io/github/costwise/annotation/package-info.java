/**
 * The annotation, and how the scope that it opens reaches other threads.
 */
@NullMarked
package io.github.costwise.annotation;

import org.jspecify.annotations.NullMarked;
