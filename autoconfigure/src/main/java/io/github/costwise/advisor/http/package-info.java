/**
 * Sees the HTTP attempts that provider SDKs make and hide. The only place that knows
 * OkHttp.
 */
@NullMarked
package io.github.costwise.advisor.http;

import org.jspecify.annotations.NullMarked;
