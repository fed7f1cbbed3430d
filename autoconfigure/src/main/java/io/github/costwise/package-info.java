/**
 * What every part of Costwise shares: the exception for wrong configuration and the count
 * of faults that were kept away from the application.
 */
@NullMarked
package io.github.costwise;

import org.jspecify.annotations.NullMarked;
