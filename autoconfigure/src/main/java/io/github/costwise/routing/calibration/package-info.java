/**
 * Routing models from labelled requests, and how good they are.
 */
@NullMarked
package io.github.costwise.routing.calibration;

import org.jspecify.annotations.NullMarked;
