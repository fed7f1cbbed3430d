@NullMarked
package io.github.costwise.text;

import org.jspecify.annotations.NullMarked;
