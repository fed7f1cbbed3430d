package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.background.Background;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TokenCounter;

/**
 * What a router works with.
 *
 * @param router decides instead of the configuration, or {@code null}
 * @param encoder makes vectors of questions, or {@code null}
 * @param counter counts tokens of long prompts
 * @param providers finds the billing provider
 * @param health tells which targets are unavailable
 * @param rate watches how many turns fall back
 * @param background runs background tasks, and counts failures
 * @param budgets tell when cheaper targets are to answer, or {@code null}
 * @since 0.1.0
 */
public record RouterParts(@Nullable ModelRouter router, @Nullable TextEncoder encoder, TokenCounter counter,
		Providers providers, TargetHealth health, FallbackRate rate, Background background,
		@Nullable CallBudgets budgets) {

}
