//! Kinds of hop in Simplified Chinese.

use crate::words::Hop;

pub(in crate::words) fn hop(hop: Hop) -> &'static str {
    match hop {
        Hop::Requests => "两个代理之间的请求",
        Hop::Streams => "两个 sidecar 之间的 TCP",
        Hop::Ambient => "两个 ztunnel 之间的 TCP",
        Hop::ClientToWaypoint => "客户端到 waypoint",
        Hop::GatewayToWaypoint => "网关到 waypoint",
        Hop::WaypointToWorkload => "waypoint 到工作负载",
        Hop::WaypointToSidecar => "waypoint 到带 sidecar 的工作负载",
        Hop::LogicalRequests => "waypoint 看到的端到端请求",
        Hop::LogicalStreams => "waypoint 看到的端到端 TCP",
        Hop::Transit => "经东西向网关中转",
        Hop::GatewayToAmbient => "网关到 ambient 工作负载",
        Hop::Mixed => "sidecar 与 ambient 之间",
        Hop::PlaintextToAmbient => "明文客户端到 ambient 工作负载",
        Hop::AmbientToPlain => "ambient 工作负载到网格外的工作负载",
        Hop::AmbientPassthrough => "转发到网格未知的地址",
        Hop::Passthrough => "转发到网格未知的主机",
        Hop::Blocked => "被出站流量策略禁止",
        Hop::InboundPassthrough => "到不属于任何服务的端口",
        Hop::Egress => "到外部服务",
        Hop::NoBackend => "在选定工作负载之前失败",
        Hop::Infrastructure => "网格自身的流量",
        Hop::UnknownClient => "来自遥测未知的客户端",
        Hop::Unclassified => "未能分类：请反馈",
    }
}
