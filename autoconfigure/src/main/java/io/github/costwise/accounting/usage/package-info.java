/**
 * How the usage that a provider reports becomes disjoint buckets, how a usage that no
 * provider reports is counted, and the billing provider of a call.
 */
@NullMarked
package io.github.costwise.accounting.usage;

import org.jspecify.annotations.NullMarked;
