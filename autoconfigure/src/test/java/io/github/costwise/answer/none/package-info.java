@org.jspecify.annotations.NullMarked
package io.github.costwise.answer.none;
