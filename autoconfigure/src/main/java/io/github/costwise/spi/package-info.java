/**
 * What an application may implement. Every bean of these types takes the place of ours.
 */
@NullMarked
package io.github.costwise.spi;

import org.jspecify.annotations.NullMarked;
