//! Kinds of hop in Simplified Chinese.

use crate::mesh::HopKind;

pub(in crate::words) fn hop(hop: HopKind) -> &'static str {
    match hop {
        HopKind::Requests => "两个代理之间的请求",
        HopKind::Streams => "两个 sidecar 之间的 TCP",
        HopKind::Ambient => "两个 ztunnel 之间的 TCP",
        HopKind::ClientToWaypoint => "客户端到 waypoint",
        HopKind::GatewayToWaypoint => "网关到 waypoint",
        HopKind::WaypointToWorkload => "waypoint 到工作负载",
        HopKind::WaypointToSidecar => "waypoint 到带 sidecar 的工作负载",
        HopKind::LogicalRequests => "waypoint 看到的端到端请求",
        HopKind::LogicalStreams => "waypoint 看到的端到端 TCP",
        HopKind::Transit => "经东西向网关中转",
        HopKind::GatewayToAmbient => "网关到 ambient 工作负载",
        HopKind::Mixed => "sidecar 与 ambient 之间",
        HopKind::PlaintextToAmbient => "明文客户端到 ambient 工作负载",
        HopKind::AmbientToPlain => "ambient 工作负载到网格外的工作负载",
        HopKind::AmbientPassthrough => "转发到网格未知的地址",
        HopKind::Passthrough => "转发到网格未知的主机",
        HopKind::Blocked => "被出站流量策略禁止",
        HopKind::InboundPassthrough => "到不属于任何服务的端口",
        HopKind::Egress => "到外部服务",
        HopKind::NoBackend => "在选定工作负载之前失败",
        HopKind::Infrastructure => "网格自身的流量",
        HopKind::UnknownClient => "来自遥测未知的客户端",
        HopKind::Unclassified => "未能分类：请反馈",
    }
}
