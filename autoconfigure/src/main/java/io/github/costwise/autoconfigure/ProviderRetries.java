package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

import io.github.costwise.advisor.ProviderOptions;

/**
 * Warns of clients that repeat a failed request for so long that a fallback comes late.
 * Where the number cannot be known, nothing is said.
 */
final class ProviderRetries {

	private static final Log logger = LogFactory.getLog(ProviderRetries.class);

	private static final String AUTO_CONFIGURATIONS = "org.springframework.ai.model.";

	private final ConfigurableListableBeanFactory beans;

	private final Environment environment;

	private final List<ProviderOptions> providers;

	private final @Nullable Integer allowed;

	ProviderRetries(ConfigurableListableBeanFactory beans, Environment environment, List<ProviderOptions> providers,
			FallbackProperties properties) {
		this.beans = beans;
		this.environment = environment;
		this.providers = List.copyOf(providers);
		this.allowed = properties.allowedRetries();
	}

	/**
	 * Logs one warning for each target whose client repeats a failed request more often
	 * than allowed; without a number that is allowed, for each that repeats it at all.
	 * @param targets the chat models that have a fallback, by the names of their beans
	 */
	void warn(Map<String, ChatModel> targets) {
		targets.forEach((bean, model) -> {
			boolean auto = isAutoConfigured(bean);
			RetryingClient client = RetryingClient.of(model.getOptions().getClass());
			Integer retries = auto ? configured(client) : built(model.getOptions());
			if (retries != null && retries > most()) {
				logger.warn("Costwise: the client of the chat model '" + bean + "' repeats a failed request up to "
						+ retries + " times before a fallback is tried. "
						+ (auto ? adviceFor(client) : "Build it with a lower number, for example maxRetries(" + most()
								+ ") in its options, or allow so many by 'costwise.fallback.provider-retries'"));
			}
		});
	}

	private int most() {
		return (this.allowed != null) ? this.allowed : 0;
	}

	private String adviceFor(RetryingClient client) {
		String set = client.setProperty(this.environment);
		if (set != null) {
			return "Lower or remove '" + set + "', or allow so many by 'costwise.fallback.provider-retries'";
		}
		return (client == RetryingClient.OTHER && this.allowed != null)
				? "Build the RetryTemplate bean with a lower number"
				: "Set 'costwise.fallback.provider-retries' to 0, or to the number that you want";
	}

	private @Nullable Integer configured(RetryingClient client) {
		if (client == RetryingClient.OTHER) {
			RetryTemplate template = this.beans.getBeanProvider(RetryTemplate.class).getIfUnique();
			return (template != null) ? attempts(template.getRetryPolicy().getBackOff())
					: Integer.valueOf(client.usual());
		}
		String set = client.setProperty(this.environment);
		int unset = (this.allowed != null) ? this.allowed : client.usual();
		return (set == null) ? Integer.valueOf(unset)
				: Binder.get(this.environment).bind(set, Integer.class).orElse(unset);
	}

	private static @Nullable Integer attempts(BackOff backOff) {
		if (backOff instanceof ExponentialBackOff exponential) {
			return (int) Math.min(exponential.getMaxAttempts(), Integer.MAX_VALUE);
		}
		return (backOff instanceof FixedBackOff fixed) ? (int) Math.min(fixed.getMaxAttempts(), Integer.MAX_VALUE)
				: null;
	}

	private @Nullable Integer built(ChatOptions own) {
		for (ProviderOptions provider : this.providers) {
			if (provider.supports(own)) {
				return provider.retries(own);
			}
		}
		return null;
	}

	private boolean isAutoConfigured(String bean) {
		if (!this.beans.containsBeanDefinition(bean)) {
			return false;
		}
		MethodMetadata method = (this.beans.getBeanDefinition(bean) instanceof AnnotatedBeanDefinition definition)
				? definition.getFactoryMethodMetadata() : null;
		return method != null && method.getDeclaringClassName().startsWith(AUTO_CONFIGURATIONS);
	}

}
