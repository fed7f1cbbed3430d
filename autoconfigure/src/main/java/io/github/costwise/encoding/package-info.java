/**
 * Text as vectors: the {@link io.github.costwise.spi.TextEncoder} that the semantic tier
 * of the response cache, routing and pruning share, and its adapters to and from Spring
 * AI.
 */
@NullMarked
package io.github.costwise.encoding;

import org.jspecify.annotations.NullMarked;
