/**
 * What a model's tokens and other units cost: money, prices, and the catalogue of them.
 */
@NullMarked
package io.github.costwise.pricing;

import org.jspecify.annotations.NullMarked;
