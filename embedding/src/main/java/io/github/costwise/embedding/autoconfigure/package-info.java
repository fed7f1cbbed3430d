/** Auto-configuration of the encoder in process. */
@NullMarked
package io.github.costwise.embedding.autoconfigure;

import org.jspecify.annotations.NullMarked;
