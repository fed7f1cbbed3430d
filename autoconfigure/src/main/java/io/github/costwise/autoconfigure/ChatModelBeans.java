package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Finds the names of chat model beans by the objects, without making any bean.
 */
final class ChatModelBeans {

	private final ConfigurableListableBeanFactory beans;

	ChatModelBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/** Returns the name of the bean that a model or a proxy of it is, or {@code null}. */
	@Nullable String nameOf(ChatModel model) {
		for (BeanFactory factory = this.beans; factory instanceof ConfigurableListableBeanFactory current; factory = current
			.getParentBeanFactory()) {
			for (String name : current.getBeanNamesForType(ChatModel.class, false, false)) {
				if (current.containsSingleton(name) && is(current.getBean(name), model)) {
					return name;
				}
			}
		}
		return null;
	}

	private static boolean is(Object bean, ChatModel model) {
		return bean == model || AopProxyUtils.getSingletonTarget(bean) == model;
	}

	/**
	 * Returns what the application calls its chat models.
	 * @throws CostwiseConfigurationException if it names one that is none, or calls one
	 * nothing
	 */
	Map<String, String> checked(Map<String, String> identities) {
		for (Map.Entry<String, String> entry : identities.entrySet()) {
			String property = "'" + CostwiseProperties.PREFIX + ".chat.identities." + entry.getKey() + "'";
			if (!this.beans.containsBean(entry.getKey()) || !this.beans.isTypeMatch(entry.getKey(), ChatModel.class)) {
				throw new CostwiseConfigurationException(property + " names no ChatModel bean.",
						"Name one of the ChatModel beans: "
								+ String.join(", ",
										new TreeSet<>(
												List.of(this.beans.getBeanNamesForType(ChatModel.class, true, false))))
								+ ".");
			}
			if (entry.getValue() == null || entry.getValue().isBlank()) {
				throw new CostwiseConfigurationException(property + " is empty.",
						"Set it to a text that tells the server and model behind the bean from others, or remove it.");
			}
		}
		return identities;
	}

	/** Returns the name of the application, or else the packages it consists of. */
	String application(@Nullable String name) {
		if (name != null && !name.isBlank()) {
			return name;
		}
		return AutoConfigurationPackages.has(this.beans) ? String.join(",", AutoConfigurationPackages.get(this.beans))
				: "";
	}

}
