/**
 * Which model answers a request: how hard it looks, which targets are able to answer it,
 * and the cheapest tier that is good enough. Pure: reads no clock, no bean, no prompt
 * object; the pipeline hands in values.
 */
@NullMarked
package io.github.costwise.routing;

import org.jspecify.annotations.NullMarked;
