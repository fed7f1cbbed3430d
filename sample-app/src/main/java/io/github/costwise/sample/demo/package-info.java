/**
 * A simulated model provider inside the sample, so that it runs without a key. It speaks
 * the real protocols of OpenAI and Anthropic over HTTP; its answers come from keywords.
 */
@NullMarked
package io.github.costwise.sample.demo;

import org.jspecify.annotations.NullMarked;
