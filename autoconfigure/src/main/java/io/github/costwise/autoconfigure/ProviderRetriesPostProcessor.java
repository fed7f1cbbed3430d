package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.costwise.pipeline.CostMode;

/**
 * Lowers the retries of the clients that Spring AI configures, where the application sets
 * none of their own properties. Runs after properties are bound, and before a client is
 * built from them.
 */
final class ProviderRetriesPostProcessor implements BeanPostProcessor {

	private final Environment environment;

	private final @Nullable Integer retries;

	ProviderRetriesPostProcessor(Environment environment) {
		this.environment = environment;
		this.retries = Binder.get(environment)
			.bindOrCreate(FallbackProperties.PREFIX, FallbackProperties.class)
			.allowedRetries();
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		RetryingClient client = RetryingClient.configuredBy(bean.getClass());
		if (client != null && this.retries != null && enforces() && client.setProperty(this.environment) == null) {
			PropertyAccessorFactory.forBeanPropertyAccess(bean).setPropertyValue(client.field(), this.retries);
		}
		return bean;
	}

	private boolean enforces() {
		return Binder.get(this.environment)
			.bind(CostwiseProperties.PREFIX + ".mode", CostMode.class)
			.orElse(CostMode.ENFORCE) == CostMode.ENFORCE;
	}

}
