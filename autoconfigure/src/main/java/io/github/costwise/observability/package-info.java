/**
 * Meters and observations. The only place that knows Micrometer, apart from context
 * propagation.
 */
@NullMarked
package io.github.costwise.observability;

import org.jspecify.annotations.NullMarked;
