@NullMarked
package io.github.costwise.cache.verify;

import org.jspecify.annotations.NullMarked;
