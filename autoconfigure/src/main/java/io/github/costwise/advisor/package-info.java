/**
 * The two advisors and the managed ChatClient: the only place that knows the client API.
 * They translate and delegate to the pipeline.
 */
@NullMarked
package io.github.costwise.advisor;

import org.jspecify.annotations.NullMarked;
