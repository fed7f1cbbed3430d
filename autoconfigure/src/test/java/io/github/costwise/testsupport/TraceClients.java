package io.github.costwise.testsupport;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.DefaultChatClient;
import org.springframework.ai.chat.client.DefaultChatClientBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Lets every client of an application note in the trace what its callers are given. It
 * comes before Costwise, which manages no client twice.
 */
final class TraceClients implements BeanPostProcessor, PriorityOrdered {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean.getClass() == DefaultChatClient.class) {
			return ((ChatClient) bean).mutate().defaultAdvisors(TraceAdvisor.INSTANCE).build();
		}
		return (bean.getClass() == DefaultChatClientBuilder.class)
				? ((ChatClient.Builder) bean).defaultAdvisors(TraceAdvisor.INSTANCE) : bean;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
