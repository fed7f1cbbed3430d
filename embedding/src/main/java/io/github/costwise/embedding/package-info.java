/**
 * Encodes text in process with an ONNX model: no provider, no cost per text, nothing
 * leaves the machine.
 */
@NullMarked
package io.github.costwise.embedding;

import org.jspecify.annotations.NullMarked;
