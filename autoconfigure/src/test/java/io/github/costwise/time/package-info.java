@NullMarked
package io.github.costwise.time;

import org.jspecify.annotations.NullMarked;
